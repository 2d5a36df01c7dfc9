# make: the executable at .build/release/oomctl; make help lists what else there is.
all:
	swift build -c release --product oomctl --static-swift-stdlib -Xswiftc -static-executable
	strip .build/release/oomctl

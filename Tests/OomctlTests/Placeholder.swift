// until the tests come

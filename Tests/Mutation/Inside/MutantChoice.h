_Bool is_chosen(int number);

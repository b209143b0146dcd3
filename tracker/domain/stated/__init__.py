"""Reading the deadline out of a sentence: the text, its dates, what each date is said to be."""

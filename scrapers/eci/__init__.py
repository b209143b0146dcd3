"""The kinds of pages of the European Citizens' Initiative register: listing, initiative, answer, follow-up."""

"""`/api/v1/`: the lists and objects of the site as JSON; reading is public, writing takes a token."""

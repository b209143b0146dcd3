"""What the content items of GOV.UK say: consultations and their outcomes, publications, withdrawn, gone, moved."""

"""The checks of the field on the ontology files: each finds what is wrong, and a page of the docs lists all of them."""

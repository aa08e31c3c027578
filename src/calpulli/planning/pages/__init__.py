"""The pages of planning: the programme, the records, the staff's desk."""

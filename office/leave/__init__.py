"""Leave: the family's form, what stands beside a request, and the decision of whoever decides."""

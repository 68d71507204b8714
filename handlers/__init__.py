"""The talk: what people say and what the clock says, one module per village thing."""

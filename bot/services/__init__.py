"""What people do, one function each. Services never commit."""

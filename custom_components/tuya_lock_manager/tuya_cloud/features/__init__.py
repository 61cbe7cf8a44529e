"""What the client can do, one module for each kind of thing."""

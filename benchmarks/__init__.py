"""What the integration costs, measured against the simulated cloud."""

"""Multi-task learning without a user interface: document, data, network, training, runs."""

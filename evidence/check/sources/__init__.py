"""The parts of the step validate: from files to models, and the references between them."""

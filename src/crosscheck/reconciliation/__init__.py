"""The joint system of all bindings: conflicts with proofs, suspects, implied values."""

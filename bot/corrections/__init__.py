"""What puts an earlier report right, or takes it back."""

"""Environments that `kb` meets with users, and what each command must not do in any of them."""

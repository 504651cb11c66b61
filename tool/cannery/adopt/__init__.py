"""Other tools' folders of pages: recognized, surveyed, and brought into a knowledge base."""

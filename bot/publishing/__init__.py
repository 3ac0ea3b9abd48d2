"""How a fact base becomes the one that is served: examined, published in a transaction, followed by every replica."""

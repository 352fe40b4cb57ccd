"""様式 Forms made from the models of actions and queries."""

"""How the measures of a family are told for a cut: each asks the engine as seldom as it can."""

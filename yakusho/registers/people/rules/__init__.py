"""住民の規則 Pure rules of the register: what a search text means, how long a protection lasts."""

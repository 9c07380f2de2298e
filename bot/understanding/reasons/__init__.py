"""Why a child is away: the code to propose."""

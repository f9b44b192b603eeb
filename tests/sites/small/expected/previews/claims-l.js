ledgerPreviews("claims",{"late-is-bad": ["Claim · normative", "A late clock is worse than none.", "not rated"]});

ledgerPreviews("claims",{"sundial-agrees": ["Claim · historical", "The sundial on the quay agrees with the harbour clock.", "not rated"]});

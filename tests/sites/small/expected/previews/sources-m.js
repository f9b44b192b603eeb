ledgerPreviews("sources",{"manual": ["Source · commentary", "The Care of Tower Clocks", "Weight and Spring 1880."]});

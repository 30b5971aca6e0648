"""What skin, lips and lids look like without makeup: a few coefficients, fitted on bare portraits.

For each region the logs of `Scene.logs` are sums of simple functions of the place. Each coefficient has a mean
and a spread over people; the spread is what makeup has to exceed to be seen.
"""

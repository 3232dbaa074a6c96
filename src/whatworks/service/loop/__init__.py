"""The loop: returns, measures, effect, evidence, rating, what it would mean, decision, result.

It joins the stations; each step calls the function that its station, its page and a notebook call.
"""

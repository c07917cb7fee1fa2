"""What the judges say of each mistake, a module a lesson: question → key of the mistake → template.

They name the mistakes, so they stay outside the sandbox, like the judges.
"""

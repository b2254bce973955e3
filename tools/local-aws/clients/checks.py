"""Checks for a script that tells one story: each is a function whose name is the sentence that must be true."""
import asyncio
import json
import traceback

from botocore.exceptions import ClientError

_checks = []


def check(function):
    """Marks a check. They run in the order of their file."""
    _checks.append(function)
    return function


async def run_checks():
    """Runs all, also after one has failed, and prints a line of JSON for each: its name, and its failure or null."""
    for run in _checks:
        failure = None
        try:
            await run()
        except Exception:
            failure = traceback.format_exc()
        print(json.dumps({'check': run.__name__.replace('_', ' '), 'failure': failure}), flush=True)


def refused(call, error=ClientError, code=None, message=None, status=None, **arguments):
    """Calls and expects this error: its class, code, message and status, as far as given."""
    try:
        answer = call(**arguments)
    except error as caught:
        failure, answer = caught.response['Error'], caught.response['ResponseMetadata']
        equal((failure['Code'], failure['Message'], answer['HTTPStatusCode']),
              (code or failure['Code'], message or failure['Message'], status or answer['HTTPStatusCode']))
        return
    raise AssertionError(f'it was not refused: {answer}')


def equal(seen, expected):
    assert seen == expected, f'seen {seen!r}, expected {expected!r}'


async def eventually(look, expected):
    """For what comes a moment later, here as on AWS: automatic deployments (C6.8) and log lines."""
    for _ in range(100):
        if (seen := look()) == expected:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f'after ten seconds still {seen!r}, expected {expected!r}')

"""Python imports this by itself when its folder is on PYTHONPATH: what tools/kit/loopback-guard.cjs is for Node.

A connection, a look-up or a datagram off loopback fails at once and is written to LOOPBACK_GUARD_LOG, so that a forgotten
endpoint can never reach a real account, and the run that tried it goes red even if somebody caught the error.
"""
import os
import sys

WITH_HOST_FIRST = ('socket.getaddrinfo', 'socket.gethostbyname', 'socket.gethostbyaddr')
WITH_ADDRESS_SECOND = ('socket.connect', 'socket.sendto', 'socket.sendmsg')


def is_loopback(host):
    if isinstance(host, bytes):
        host = host.decode()
    return host in (None, '', 'localhost', '::1') or host.startswith(('127.', '::ffff:127.'))


def guard(event, args):
    if event in WITH_HOST_FIRST:
        host = args[0]
    elif event in WITH_ADDRESS_SECOND and isinstance(args[1], tuple):
        host = args[1][0]
    else:  # addresses that are no tuple name a file of this machine
        return
    if is_loopback(host):
        return
    log = os.environ.get('LOOPBACK_GUARD_LOG')
    if log:
        with open(log, 'a') as lines:
            lines.write(f'{os.getpid()} {event} {host} ({" ".join(sys.argv[:3])})\n')
    raise OSError(f'Off loopback, refused in tests: {event} {host}')


sys.addaudithook(guard)

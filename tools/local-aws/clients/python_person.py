"""One person in the chat: what is typed is sent, what is heard is printed.

    python3 python_person.py URL [ORIGIN]

Each line of standard input is {"text": …} or {"binary": hex}; each line of standard output is an event, as chat.clients.ts reads it.
"""
import asyncio
import json
import sys

import websockets


def tell(**event):
    print(json.dumps(event), flush=True)


async def typed_lines():
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async for line in lines:
        yield json.loads(line)


async def send_what_is_typed(socket):
    async for typed in typed_lines():
        await socket.send(typed['text'] if 'text' in typed else bytes.fromhex(typed['binary']))


async def main(url, origin=None):
    try:
        socket = await websockets.connect(url, origin=origin)
    except websockets.InvalidStatusCode as refusal:
        return tell(kind='refused', status=refusal.status_code)
    tell(kind='open')
    typing = asyncio.create_task(send_what_is_typed(socket))
    try:
        while True:
            tell(kind='heard', text=await socket.recv())
    except websockets.ConnectionClosed:
        tell(kind='closed', code=socket.close_code, reason=socket.close_reason)
    typing.cancel()


asyncio.run(main(*sys.argv[1:]))

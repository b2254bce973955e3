import process from 'node:process'
import { WebSocketServer, type WebSocket } from 'ws'

// A program: what a chat with rooms costs where there is nothing but ws. It prints its port and ends with its parent.
const rooms = new Map<string, Set<WebSocket>>()
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })

server.on('connection', (socket, { url = '/' }) => {
  const name = new URL(url, 'ws://local').searchParams.get('room') ?? ''
  const room = rooms.get(name) ?? new Set()
  rooms.set(name, room.add(socket))
  socket.on('message', (message) => {
    const { data } = JSON.parse(String(message))
    for (const member of room) member.send(data)
  })
  socket.on('close', () => room.delete(socket))
})
server.on('listening', () => process.send!((server.address() as { port: number }).port))
process.once('disconnect', () => process.exit())

"""The program of the kept child: read a request, check the file in it, answer; end when nobody asks any more."""

import resource
import signal
import socket
import sys

from engine.bpmn.check import answer
from engine.bpmn.kept_child import receive, send, tell_ready

MOST_MEMORY = 1 << 30


def main(descriptor: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes our connection
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = socket.socket(fileno=descriptor)
    tell_ready(connection)
    while True:
        try:
            request = receive(connection)
        except OSError:
            return
        send(connection, answer(request))


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Runs a command in a pseudo-terminal of so many columns: `in_terminal.py COLUMNS COMMAND…`. Its
output goes to standard output, and what comes on standard input is typed once the text before it was
shown: lines of `WAIT_FOR<TAB>KEYS`."""
import fcntl, os, pty, select, struct, sys, termios, time

columns = int(sys.argv[1])
pid, master = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
steps = [line.rstrip("\n").split("\t") for line in sys.stdin]
shown = b""
deadline = time.time() + 120
while time.time() < deadline:
    if steps and steps[0][0].encode() in shown:
        wait, keys = steps.pop(0)
        shown = b""
        os.write(master, keys.encode().decode("unicode_escape").encode("latin-1"))
    if not select.select([master], [], [], 0.1)[0]:
        continue
    try:
        data = os.read(master, 65536)
    except OSError:
        break
    if not data:
        break
    shown += data
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
else:
    os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) & 255)

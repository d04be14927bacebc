"""How a file that the build makes is written."""
import os


def write(path, content):
    """Leaves a file alone that already says this, so that only what changed is compiled again."""
    content = content.encode() if isinstance(content, str) else content
    try:
        with open(path, "rb") as f:
            if f.read() == content:
                return
    except OSError:
        pass
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(content)

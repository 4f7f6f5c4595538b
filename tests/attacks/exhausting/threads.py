# attack: three hundred threads that never end
# place: way1_numpy last
# expect: too_many_processes 0
# ruff: noqa

import threading
import time

try:
    for _ in range(300):
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
except RuntimeError as error:
    print(error)
time.sleep(2)

/* The day board. The page works without any of this: a script only spares the way there and back. */
import { start as startLive } from "./board/live.js";
import { start as startDialog } from "./board/dialog.js";
import { start as startCarry } from "./board/carry.js";
import { start as startKeys } from "./board/keys.js";
import { start as startDrag } from "./board/drag.js";

document.documentElement.classList.add("js");
startLive();
startCarry();
startDialog();
startKeys();
startDrag();

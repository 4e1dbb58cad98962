"""What the pictures of events need of the demonstration: its people by surname, their taps, and the camera."""

from __future__ import annotations

from bot.demo.teller import StoryError, Teller
from docs.pictures.camera import Camera


class Scene:
    """``accounts``: by surname."""

    def __init__(self, people: Teller, camera: Camera, accounts: dict[str, int]) -> None:
        self.people = people
        self.camera = camera
        self._accounts = accounts

    def account(self, who: str) -> int:
        return self._accounts[who]

    async def says(self, who: str, *texts: str) -> None:
        for text in texts:
            await self.people.says(self._accounts[who], text)

    async def sends(self, who: str, name: str, data: bytes) -> None:
        await self.people.sends(self._accounts[who], name, data)

    async def taps(self, who: str, *labels: str, under: str = "") -> None:
        """Presses one button after the other, each the latest that has these words."""
        for label in labels:
            account = self._accounts[who]
            await self.people.presses(account, self._whole(account, label, under), under=under)

    async def sees(self, who: str, name: str, *, last: int = 1, of: str = "") -> None:
        """Takes the ``last`` messages of this chat; with ``of``: the latest one of the bot that has these words."""
        account, skip = self._accounts[who], 0
        if of:
            said = self.people.messages(account)
            found = next(one for one in reversed(said) if of in (one.get("text") or one.get("caption") or ""))
            skip = self.camera.count_after(account, found["message_id"])
        await self.camera.cut(name, account, last=last, skip=skip)

    async def pops_up(self, who: str, name: str, label: str) -> None:
        """Takes what answers a press on the latest button with this label."""
        await self.camera.answered(name, self._accounts[who], label)

    def _whole(self, account: int, words: str, under: str) -> str:
        """The label that has these words: most are not worth being written out."""
        for message in reversed(self.people.messages(account)):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            said = message.get("text") or message.get("caption") or ""
            labels = [button["text"] for row in rows for button in row if words in button["text"]]
            if labels and under in said:
                return str(next((label for label in labels if label == words), labels[0]))
        raise StoryError(f"no button «{words}» under «{under}»")

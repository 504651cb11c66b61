from __future__ import annotations

import pytest

from cannery.capture.thanks import is_thanks


@pytest.mark.parametrize(
    "text",
    [
        "thanks!", "Thanks!", "THANK YOU", "Thank you so much!!", "thx", "ty :)", "Many thanks 🙏",
        "Thanks @kim!", "@kim-lee: thanks a lot.", "> Use F12.\n\nThanks!", "Cheers,", "+1", "👍", "👍🏽👍",
        ":+1:", ":thumbsup: :tada:", "＋１", "+1, same here", "me too", "Same here.", "LGTM", "Bump",
        "Great, thanks for the help!", "Much appreciated", "❤️", "-1", "...", "Merci !",
        "ありがとうございます", "ありがとうございます！", "ありがとうございました。", "ありがと", "有難うございます。",
        "@kim どうもありがとうございます🙇", "ご回答ありがとうございました！", "大変助かりました。ありがとうございます。",
        "了解です", "承知しました。", "感謝します", "同じく",
    ],
)  # fmt: skip
def test_thanks_are_no_answer(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "Thanks, it works after a restart.", "Press F12.", "1", "42", "+10 MB", "No.",
        "Thanks for the log. Which version is it?", "Not for me", "It is fixed in 2.1", "`kb sync`",
        "![](https://example.com/a.png)", "https://example.com/great", "ありがとうございます。再起動で直りました。",
        "再起動してください。", "👍 Chrome 130 too", "This is the problem", "For you all",
        "Thank you. " * 30, "Same problem on Windows", "OK, so the proxy it is: use port 8080",
    ],
)  # fmt: skip
def test_what_says_more_is_kept(text: str) -> None:
    assert not is_thanks(text)

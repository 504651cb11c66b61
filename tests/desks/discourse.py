"""A Discourse on loopback: categories, topics and their posts, as an administrator sees them."""

from __future__ import annotations

from typing import Any

from tests.desks.conversations import Conversations
from tests.desks.rows import Row
from tests.desks.server import Answer, Refused, Request, Route

CATEGORY = 7
_SIZE = 30
_TIME = "2026-01-01T00:00:00.000Z"
_EMPTY = "primary_group_name flair_name flair_url flair_bg_color flair_color user_title edit_reason reply_to_post_number deleted_at"  # fmt: skip
_NO = "yours can_edit can_delete can_recover can_wiki bookmarked moderator admin staff hidden user_deleted can_view_edit_history wiki"  # fmt: skip
_ZERO = "reply_count quote_count incoming_link_count reads readers_count score trust_level reviewable_score_count reviewable_score_pending_count"  # fmt: skip
_POST: Row = {**dict.fromkeys(_EMPTY.split()), **dict.fromkeys(_NO.split(), False), **dict.fromkeys(_ZERO.split(), 0), "avatar_template": "", "post_type": 1, "version": 1, "actions_summary": [], "user_id": 1}  # fmt: skip
_EMPTY = "unpinned image_url last_posted_at word_count deleted_at deleted_by featured_link pinned_at pinned_until draft topic_timer thumbnails slow_mode_enabled_until highest_post_number"  # fmt: skip
_NO = "has_summary pinned_globally pinned has_deleted bookmarked show_read_indicator"
_ZERO = "views reply_count like_count slow_mode_seconds draft_sequence chunk_size message_bus_last_id participant_count"  # fmt: skip
_LISTS = "timeline_lookup suggested_topics tags actions_summary bookmarks"
_TOPIC: Row = {**dict.fromkeys(_EMPTY.split()), **dict.fromkeys(_NO.split(), False), **dict.fromkeys(_ZERO.split(), 0), **{name: [] for name in _LISTS.split()}, "tags_descriptions": {}, "draft_key": "", "archetype": "regular", "user_id": 1}  # fmt: skip
_MAY = "can_edit can_move_posts can_delete can_remove_allowed_users can_create_post can_reply_as_new_topic can_convert_topic can_review_topic can_close_topic can_archive_topic can_split_merge_topic can_edit_staff_notes can_toggle_topic_visibility can_pin_unpin_topic can_moderate_category"  # fmt: skip
_STATUS = frozenset({"closed", "archived", "visible"})


class FakeDiscourse(Conversations):
    """Category 7 has a topic, 1, that tells what it is for, and a subcategory, 8."""

    def __init__(self) -> None:
        self.topics: dict[int, Row] = {}
        self.posts: dict[int, Row] = {}
        super().__init__(
            [
                Route("GET", f"/c/{CATEGORY}/show", lambda _: Answer(200, {"category": _category()})),
                Route("GET", f"/c/templates/{CATEGORY}", self._listed),
                Route("GET", "/notifications", lambda _: Answer(200, {"notifications": []})),
                Route("GET", "/t/{id}", lambda it: Answer(200, self._shown(it.number("id")))),
                Route("PUT", "/t/-/{id}", self._changed),
                Route("PUT", "/t/{id}/status", self._switched),
                Route("DELETE", "/t/{id}", self._deleted),
                Route("POST", "/posts", self._posted),
                Route("GET", "/posts/{id}", lambda it: Answer(200, self._post(it.number("id")))),
                Route("PUT", "/posts/{id}", self._edited),
            ]
        )  # fmt: skip
        self.add("About the Templates category", "What is here.")

    def add(self, title: str, raw: str, category: int = CATEGORY) -> int:
        """A topic that a person wrote."""
        number = len(self.topics) + 1
        self.topics[number] = {
            "id": number, "title": title, "category_id": category, "tags": [],
            "visible": True, "closed": False, "archived": False, "deleted_at": None,
        }  # fmt: skip
        self.post(number, raw)
        return number

    def post(self, topic: int, raw: str) -> Row:
        """A post of somebody's."""
        number = len(self.posts) + 100
        place = sum(post["topic_id"] == topic for post in self.posts.values()) + 1
        time = f"2026-11-01T09:{number // 60 % 60:02}:{number % 60:02}.000Z"
        self.posts[number] = {
            "id": number, "topic_id": topic, "post_number": place, "raw": raw.strip(),
            "created_at": time, "updated_at": time, "username": "kim", "name": "Kim Lee",
        }  # fmt: skip
        return self.posts[number]

    def _post(self, number: int) -> Row:
        if number not in self.posts:
            raise Refused(404, {"errors": ["The requested URL could not be found."]})
        post = self.posts[number]
        more = {"posts_count": 1, "display_username": post["name"], "topic_slug": "x"}
        shown = {"cooked": f"<p>{post['raw']}</p>", "post_url": f"/t/x/{post['topic_id']}"}
        return {**_POST, **more, **shown, "reviewable_id": None, **post}

    def _shown(self, number: int) -> Row:
        posts = [
            {**{key: value for key, value in self._post(one).items() if key not in _UNSEEN}, **_SEEN}
            for one, post in self.posts.items()
            if post["topic_id"] == number
        ]  # fmt: skip
        topic, last = self._topic(number), posts[-1]
        user = {"id": 1, "username": "kim", "name": "Kim Lee", "avatar_template": ""}
        may = dict.fromkeys(_MAY.split(), True)
        details = {"created_by": user, "last_poster": user, "notification_level": 1, "can_remove_self_id": 1}  # fmt: skip
        tags = [{"id": 1, "name": name, "slug": name} for name in topic["tags"]]
        named = {"fancy_title": topic["title"], "slug": "x", "created_at": _TIME}
        stream = {"posts": posts[:20], "stream": [post["id"] for post in posts]}
        return {
            **_TOPIC, **topic, **named, "posts_count": len(posts), "tags": tags,
            "last_posted_at": last["created_at"], "details": {**may, **details}, "post_stream": stream,
        }  # fmt: skip

    def _topic(self, number: int) -> Row:
        if number not in self.topics:
            raise Refused(404, {"errors": ["The requested URL could not be found."]})
        return self.topics[number]

    def _listed(self, request: Request) -> Answer:
        alive = [one for one in self.topics.values() if not one["deleted_at"]]
        begin = int(request.query.get("page", 0)) * _SIZE
        rows = [_row(topic) for topic in alive if topic["category_id"] in (CATEGORY, 8)]
        listed = {"can_create_topic": True, "per_page": _SIZE, "topics": rows[begin : begin + _SIZE]}  # fmt: skip
        return Answer(200, {"topic_list": listed})

    def _posted(self, request: Request) -> Answer:
        said = request.content
        if not said.get("raw"):
            raise Refused(422, {"action": "create_post", "errors": ["Body can't be blank"]})
        topic = said.get("topic_id") or self._begun(said)
        if "topic_id" in said:
            self._topic(topic)
            post = self.post(topic, said["raw"])
        else:
            post = next(one for one in self.posts.values() if one["topic_id"] == topic)
        return Answer(200, {**self._post(post["id"]), "draft_sequence": 0})

    def _begun(self, said: Row) -> int:
        titles = [one["title"] for one in self.topics.values() if not one["deleted_at"]]
        if said["title"] in titles:
            raise Refused(422, {"errors": ["Title has already been used"]})
        return self.add(said["title"], said["raw"], said["category"])

    def _edited(self, request: Request) -> Answer:
        number = request.number("id")
        self._post(number)
        self.posts[number]["raw"] = request.part("post")["raw"].strip()
        return Answer(200, {"post": {**self._post(number), "draft_sequence": 0}})

    def _changed(self, request: Request) -> Answer:
        """What is said below `topic` is not looked at."""
        topic = self._topic(request.number("id"))
        topic.update({key: request.content[key] for key in ("title", "tags") if key in request.content})  # fmt: skip
        basic = {"id": topic["id"], "title": topic["title"], "fancy_title": topic["title"]}
        return Answer(200, {"basic_topic": {**basic, "slug": "x", "posts_count": 1}})

    def _switched(self, request: Request) -> Answer:
        said = request.content
        if said["status"] not in _STATUS or said["enabled"] not in ("true", "false"):
            raise Refused(400, {"errors": ["invalid status"]})
        self._topic(request.number("id"))[said["status"]] = said["enabled"] == "true"
        return Answer(200, {"success": "OK", "topic_status_update": None})

    def _deleted(self, request: Request) -> Answer:
        topic = self._topic(request.number("id"))
        if topic["deleted_at"]:
            raise Refused(422, {"errors": ["The topic could not be deleted."]})
        topic["deleted_at"] = _TIME
        return Answer(200)


def with_ticket() -> FakeDiscourse:
    """One with a topic, 2, that a customer began in another category."""
    fake = FakeDiscourse()
    fake.ticket = fake.topics[fake.add("Printer", "It is *broken*.", 9)]
    fake.ticket["tags"] = ["vip"]
    return fake


_UNSEEN = frozenset({"raw", "posts_count", "post_url", "reviewable_id"})
_SEEN: Row = {"link_counts": [], "read": True, "reviewable_id": 0}


def _row(topic: Row) -> Row:
    said = {key: topic[key] for key in ("id", "title", "category_id", "visible", "closed", "archived")}  # fmt: skip
    empty = dict.fromkeys(("image_url", "unpinned", "bookmarked", "liked", "featured_link"))
    no = dict.fromkeys(("unseen", "pinned", "has_summary", "pinned_globally", "bumped"), False)
    zero = dict.fromkeys(("posts_count", "reply_count", "highest_post_number", "views", "like_count"), 0)  # fmt: skip
    times = dict.fromkeys(("created_at", "last_posted_at", "bumped_at"), _TIME)
    more = {"fancy_title": topic["title"], "slug": "x", "archetype": "regular", "excerpt": ""}
    return {**said, **empty, **no, **zero, **times, **more, "last_poster_username": "kim", "posters": []}  # fmt: skip


def _category() -> Row:
    empty = "emoji icon description description_text description_excerpt permission topic_template topic_title_placeholder has_children subcategory_count sort_order sort_ascending default_view read_only_banner auto_close_hours default_slow_mode_seconds email_in uploaded_logo uploaded_logo_dark uploaded_background uploaded_background_dark"  # fmt: skip
    no = "read_restricted can_edit show_subcategory_list navigate_to_first_post_after_read auto_close_based_on_last_post allow_unlimited_owner_edits_on_first_post email_in_allow_strangers mailinglist_mirror all_topics_wiki can_delete allow_badges topic_featured_link_allowed"  # fmt: skip
    zero = "topic_count post_count position notification_level num_featured_topics minimum_required_tags search_priority"  # fmt: skip
    texts = "color text_color style_type subcategory_list_style default_top_period default_list_filter"  # fmt: skip
    lists = "required_tag_groups available_groups group_permissions topic_posting_review_group_ids reply_posting_review_group_ids"  # fmt: skip
    row: dict[str, Any] = {**dict.fromkeys(empty.split()), **dict.fromkeys(no.split(), False)}
    row |= {**dict.fromkeys(zero.split(), 0), **dict.fromkeys(texts.split(), "")}
    row |= {name: [] for name in lists.split()}
    return {**row, "id": CATEGORY, "name": "Templates", "slug": "templates", "topic_url": "/t/about-the-templates-category/1", "custom_fields": {}}  # fmt: skip

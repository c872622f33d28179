"""LINE's own client for Python against the rehearsal, for every endpoint it has here."""

from __future__ import annotations

import pytest
from linebot.v3.insight import ApiClient as InsightClient, Configuration as InsightConfiguration, Insight
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    BroadcastRequest,
    Configuration,
    CouponCreateRequest,
    CreateRichMenuAliasRequest,
    Limit,
    MarkMessagesAsReadByTokenRequest,
    MessageAction,
    MessagingApi,
    MessagingApiBlob,
    MulticastRequest,
    NarrowcastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    RichMenuArea,
    RichMenuBounds,
    RichMenuBulkLinkRequest,
    RichMenuRequest,
    RichMenuSize,
    SetWebhookEndpointRequest,
    ShowLoadingAnimationRequest,
    TestWebhookEndpointRequest as TryWebhookRequest,
    TextMessage,
    ValidateMessageRequest,
)
from linebot.v3.messaging.exceptions import NotFoundException, UnauthorizedException
from linebot.v3.oauth import (
    ApiClient as TokenClient,
    ChannelAccessToken,
    Configuration as TokenConfiguration,
)

from shopdesk.rehearsal import friend_id
from tests.rehearsal.conftest import new_key
from tests.rehearsal.test_coupons import COUPON
from tests.rehearsal.test_rich_menus import png

HELLO = TextMessage(text="こんにちは")


@pytest.fixture
def api(caller):
    with ApiClient(Configuration(host=caller.line.url, access_token=caller.line.access_token)) as client:
        yield MessagingApi(client)


def test_sending(caller, api):
    key = new_key()
    push = PushMessageRequest(to=friend_id(0), messages=[HELLO])
    first = api.push_message_with_http_info(push, x_line_retry_key=key)
    assert first.data.sent_messages[0].id
    with pytest.raises(ApiException) as again:
        api.push_message(push, x_line_retry_key=key)
    assert again.value.status == 409
    assert again.value.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    api.multicast(MulticastRequest(to=[friend_id(0)], messages=[HELLO], custom_aggregation_units=["a"]))
    api.broadcast(BroadcastRequest(messages=[HELLO]))
    token = caller.says(0, {"text": "a"}).json["event"]["replyToken"]
    api.reply_message(ReplyMessageRequest(reply_token=token, messages=[HELLO]))
    assert len(caller.received()) == 4


def test_checking(api):
    request = ValidateMessageRequest(messages=[HELLO])
    broken = ValidateMessageRequest(messages=[TextMessage(text="a" * 5001)])
    for validate in [
        api.validate_push,
        api.validate_multicast,
        api.validate_broadcast,
        api.validate_narrowcast,
        api.validate_reply,
    ]:
        validate(request)
        with pytest.raises(ApiException) as refused:
            validate(broken)
        assert refused.value.status == 400


def test_reading(caller, api):
    assert api.get_bot_info().user_id == caller.line.bot_user_id
    assert api.get_followers(limit=4).next
    assert api.get_profile(friend_id(1)).display_name
    with pytest.raises(NotFoundException):
        api.get_profile(friend_id(99))
    assert (api.get_message_quota().value, api.get_message_quota_consumption().total_usage) == (30, 0)
    for count in [
        api.get_number_of_sent_push_messages,
        api.get_number_of_sent_multicast_messages,
        api.get_number_of_sent_broadcast_messages,
        api.get_number_of_sent_reply_messages,
    ]:
        assert count("20261101").success == 0
    assert api.issue_link_token(friend_id(1)).link_token
    with InsightClient(InsightConfiguration(host=caller.line.url, access_token=caller.line.access_token)) as client:
        assert Insight(client).get_number_of_followers(var_date="20261101").targeted_reaches == 10


def test_webhook_settings(caller, api):
    url = "http://127.0.0.1:9/webhook"
    api.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint=url))
    assert api.get_webhook_endpoint().endpoint == url
    assert api.test_webhook_endpoint(TryWebhookRequest(endpoint=url)).success is False


def test_tokens(caller):
    with TokenClient(TokenConfiguration(host=caller.line.url)) as client:
        tokens = ChannelAccessToken(client)
        secret = {"client_id": caller.line.channel_id, "client_secret": caller.line.channel_secret}
        stateless = tokens.issue_stateless_channel_token_by_client_secret(**secret)
        assert stateless.expires_in == 900
        short = tokens.issue_channel_token("client_credentials", **secret)
        assert tokens.verify_channel_token(short.access_token).client_id == caller.line.channel_id
        assert tokens.verify_channel_token_by_jwt(short.access_token).expires_in == 2592000
        tokens.revoke_channel_token(short.access_token)
    with (
        ApiClient(Configuration(host=caller.line.url, access_token=short.access_token)) as client,
        pytest.raises(UnauthorizedException),
    ):
        MessagingApi(client).get_bot_info()


def test_narrowcast_and_figures(caller, api):
    sent = api.narrowcast_with_http_info(NarrowcastRequest(messages=[HELLO], limit=Limit(max=3)))
    assert sent.status_code == 202
    assert api.get_narrowcast_progress(sent.headers["x-line-request-id"]).phase == "waiting"
    push = PushMessageRequest(to=friend_id(0), messages=[HELLO], custom_aggregation_units=["autumn"])
    api.push_message(push)
    assert api.get_aggregation_unit_usage().num_of_custom_aggregation_units == 1
    assert api.get_aggregation_unit_name_list(limit="5").custom_aggregation_units == ["autumn"]
    with InsightClient(InsightConfiguration(host=caller.line.url, access_token=caller.line.access_token)) as client:
        insight = Insight(client)
        assert insight.get_message_event(sent.headers["x-line-request-id"]).overview.delivered == 3
        assert insight.get_statistics_per_unit("autumn", "20261120", "20261120").overview.unique_impression is None
        assert insight.get_number_of_message_deliveries("20261120").status == "unready"
        assert insight.get_friends_demographics().available is False


def test_rich_menus(caller, api):
    area = RichMenuArea(bounds=RichMenuBounds(x=0, y=0, width=9, height=9), action=MessageAction(label="a", text="a"))
    size = RichMenuSize(width=2500, height=843)
    request = RichMenuRequest(size=size, selected=True, name="a", chat_bar_text="a", areas=[area])
    api.validate_rich_menu_object(request)
    menu = api.create_rich_menu(request).rich_menu_id
    with ApiClient(Configuration(host=caller.line.url, access_token=caller.line.access_token)) as client:
        blob = MessagingApiBlob(client)
        blob.set_rich_menu_image(menu, body=bytearray(png()), _headers={"Content-Type": "image/png"})
        assert blob.get_rich_menu_image(menu) == png()
    api.set_default_rich_menu(menu)
    assert api.get_default_rich_menu_id().rich_menu_id == menu
    api.link_rich_menu_id_to_user(friend_id(1), menu)
    assert api.get_rich_menu_id_of_user(friend_id(1)).rich_menu_id == menu
    api.link_rich_menu_id_to_users(RichMenuBulkLinkRequest(rich_menu_id=menu, user_ids=[friend_id(2)]))
    api.create_rich_menu_alias(CreateRichMenuAliasRequest(rich_menu_alias_id="a", rich_menu_id=menu))
    assert api.get_rich_menu_alias_list().aliases[0].rich_menu_id == menu
    api.delete_rich_menu_alias("a")
    api.cancel_default_rich_menu()
    assert api.get_rich_menu_list().richmenus[0].areas == [area]
    api.delete_rich_menu(menu)


def test_coupons(api):
    coupon = api.create_coupon(CouponCreateRequest.from_dict(COUPON)).coupon_id
    assert api.get_coupon_detail(coupon).title == COUPON["title"]
    assert [one.coupon_id for one in api.list_coupon(status=["RUNNING", "CLOSED"]).items] == [coupon]
    api.close_coupon(coupon)
    with pytest.raises(ApiException) as closed:
        api.close_coupon(coupon)
    assert closed.value.status == 410


def test_what_people_send(caller, api):
    message = caller.says(1, {"image": True}).json["event"]["message"]
    with ApiClient(Configuration(host=caller.line.url, access_token=caller.line.access_token)) as client:
        blob = MessagingApiBlob(client)
        assert bytes(blob.get_message_content(message["id"])).startswith(b"\x89PNG")
        assert blob.get_message_content_transcoding_by_message_id(message["id"]).status == "succeeded"
    api.mark_messages_as_read_by_token(MarkMessagesAsReadByTokenRequest(mark_as_read_token=message["markAsReadToken"]))
    api.show_loading_animation(ShowLoadingAnimationRequest(chat_id=friend_id(1), loading_seconds=5))
    assert api.get_membership_list().memberships[0].member_count == 0

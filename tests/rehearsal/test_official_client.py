"""LINE's own client for Python against the rehearsal, for every endpoint it has here."""

from __future__ import annotations

import pytest
from linebot.v3.insight import ApiClient as InsightClient, Configuration as InsightConfiguration, Insight
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    BroadcastRequest,
    Configuration,
    MessagingApi,
    MulticastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    SetWebhookEndpointRequest,
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

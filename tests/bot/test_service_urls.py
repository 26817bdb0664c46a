"""Where answers may go: with our token nowhere but to Teams, without one nowhere but to this machine."""

import pytest

from bot.settings import TEAMS_SERVICE_HOSTS, Settings

TEAMS = Settings(app_id="b0f0c0de-0000-4000-8000-00000000000a")
LOCAL = Settings()


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net/emea/a0f0c0de-0000-4000-8000-000000000001/",
        "https://smba.trafficmanager.net",
        "https://smba.trafficmanager.net:443/emea",
        "https://SMBA.TrafficManager.NET/emea/",
        "HTTPS://smba.trafficmanager.net/",
        "https://smba.infra.gcc.teams.microsoft.com/gcc/",
    ],
)
def test_with_an_app_id_answers_go_to_teams(url: str) -> None:
    assert TEAMS.allows_service_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net@evil.example",
        "https://smba.trafficmanager.net:443@evil.example/",
        "https://smba.trafficmanager.net:x@evil.example/",
        "https://user@smba.trafficmanager.net/",
        "https://user:pw@smba.trafficmanager.net/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net\\@evil.example/",
        "https://evil.example/@smba.trafficmanager.net/",
        "https://evil.example/?https://smba.trafficmanager.net/",
        "https://evil.example#smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil-smba.trafficmanager.net/",
        "https://evil.trafficmanager.net/",
        "https://trafficmanager.net/",
        "https://smbatrafficmanager.net/",
        "https://smba.trafficmanager.net./",
        "https://smba.trafficmanager。net/",
        "http://smba.trafficmanager.net/",
        "ftp://smba.trafficmanager.net/",
        "//smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "https://smba.trafficmanager.net:80/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net:99999/",
        "https://smba.trafficmanager.net:x/",
        "https://smba.traffic\tmanager.net/",
        "https://smba.trafficmanager.net\r\nHost: evil.example",
        " https://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/?to=evil",
        "https://smba.trafficmanager.net/#@evil.example",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::1/",
        "https://]/",
        "https://",
        "https:///smba.trafficmanager.net/",
        "https:smba.trafficmanager.net/",
        "https:\\\\smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:/",
        "https://smba.trafficmanager.net:-443/",
        "https://smba.trafficmanager.net:443:443/",
        "https://smba.trafficmanager.net:４４３/",
        "https://ſmba.trafficmanager.net/",
        "https://smba.trafficmanager.net%2eevil.example/",
        "https://smba%2etrafficmanager.net/",
        "https://smba.trafficmanager.net%00.evil.example/",
        "https://smba.trafficmanager.net\u200b/",
        "https://smba.trafficmanager.net\u3002evil.example/",
        "https://smba.traffıcmanager.net/",
        "https://[smba.trafficmanager.net]/",
        "https://smba.trafficmanager.net /",
        "https://smba.trafficmanager.net/é",
        "https://smba.trafficmanager.net/\n",
        "https://smba.trafficmanager.net;evil.example/",
        "https://smba.trafficmanager.net&evil.example/",
        "https://smba.trafficmanager.net/emea\\..\\@evil.example",
        "https://smba.trafficmanager.net,evil.example/",
        "https://smba.trafficmanager.net/" + "x" * 1000,
        "javascript:alert(1)",
        "file:///etc/passwd",
        "niets",
        "\x00",
        "",
    ],
)
def test_with_an_app_id_answers_go_nowhere_else(url: str) -> None:
    assert not TEAMS.allows_service_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:56150/_connector",
        "http://LOCALHOST:56150/",
        "http://127.0.0.1:3979/",
        "https://127.0.0.1/",
        "http://127.1.2.3:8/",
        "http://[::1]:3979/",
    ],
)
def test_without_an_app_id_answers_go_to_this_machine(url: str) -> None:
    assert LOCAL.allows_service_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "http://localhost.evil.example/",
        "http://localhost@evil.example/",
        "http://127.0.0.1@evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://evil.example/127.0.0.1",
        "http://user@localhost/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://169.254.169.254/metadata",
        "http://[::]/",
        "http://[fe80::1]/",
        "http://2130706433/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1\t.evil.example/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "http://localhost./",
        "http://[::1%25eth0]/",
        "http://[::1]evil.example/",
        "http://[::ffff:10.0.0.1]/",
        "http://ⓛocalhost/",
        "http://127。0。0。1/",
        "ftp://localhost/",
        "localhost:3979",
        "",
    ],
)
def test_without_an_app_id_answers_stay_on_this_machine(url: str) -> None:
    assert not LOCAL.allows_service_url(url)


MORE = Settings(
    app_id="b0f0c0de-0000-4000-8000-00000000000a",
    service_hosts=TEAMS_SERVICE_HOSTS
    | {"smba.kerk.example", "relay.example:8443", "127.0.0.1:9000", "[::1]:9000", "localhost"},
)


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.kerk.example/",
        "https://SMBA.KERK.example:443/x",
        "https://relay.example:8443/",
        "http://127.0.0.1:9000/teams",
        "https://127.0.0.1:9000/teams",
        "http://[::1]:9000/",
        "http://[0:0:0:0:0:0:0:1]:9000/",
        "http://localhost/",
        "http://localhost:80/",
        "https://localhost/",
    ],
)
def test_a_host_that_was_named_may_be_answered(url: str) -> None:
    assert MORE.allows_service_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.kerk.example/",
        "http://smba.kerk.example:443/",
        "https://smba.kerk.example:8443/",
        "https://smba.\u212aerk.example/",
        "https://sub.smba.kerk.example/",
        "https://kerk.example/",
        "https://smba.kerk.example./",
        "https://relay.example/",
        "https://relay.example:443/",
        "http://relay.example:8443/",
        "https://relay.example:84430/",
        "https://user@relay.example:8443/",
        "http://127.0.0.1/",
        "http://127.0.0.1:9001/",
        "http://127.0.0.2:9000/",
        "http://127.1:9000/",
        "http://2130706433:9000/",
        "http://[::ffff:127.0.0.1]:9000/",
        "http://[::1]/",
        "http://localhost:9000/",
        "http://localhost:443/",
        "https://localhost:80x/",
        "http://localhost.example/",
        "http://169.254.169.254/metadata",
    ],
)
def test_nothing_beside_the_hosts_that_were_named_is_answered(url: str) -> None:
    assert not MORE.allows_service_url(url)

"""Where answers may go: with our token nowhere but to Teams, without one nowhere but to this machine."""

import pytest

from bot.settings import Settings

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
        "ftp://localhost/",
        "localhost:3979",
        "",
    ],
)
def test_without_an_app_id_answers_stay_on_this_machine(url: str) -> None:
    assert not LOCAL.allows_service_url(url)

using System.Net;
using System.Net.Sockets;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Tests.Webhooks;

public sealed class DialGuardTests
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.216.34");

    public static TheoryData<string> RefusedAddresses =>
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "100.100.100.200",
        "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1",
        "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
        "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "168.63.129.16", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
        "2002:7f00:1::", "5f00::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1", "fe80::1", "fe80::1%2", "fec0::1",
        "ff02::1",
    ];

    public static TheoryData<string> RefusedUrls =>
    [
        // Spellings of 127.0.0.1 and 0.0.0.0.
        "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://0/",
        "https://127。0。0。1/", "https://１２７.0.0.1/", "https://①②⑦.0.0.1/",
        "https://local\u00ADhost.example/", "https://0x7f.1/", "https://127.0.0.1./", "https://[::1]/",
        "https://[0:0:0:0:0:0:0:1]/", "https://[::ffff:7f00:1]/", "https://[::ffff:127.0.0.1]/", "https://[::]/",
        "https://[fe80::1%25eth0]/", "https://169.254.169.254/latest/meta-data/", "https://[fd00:ec2::254]/",
        // Names of this machine and this network.
        "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://a.localhost/",
        "https://metadata.google.internal/", "https://db.internal/", "https://printer.local/", "https://intranet/",
        // Schemes, credentials, fragments, ports.
        "http://example.com/", "gopher://example.com/", "file:///etc/passwd", "ftp://example.com/", "//example.com/",
        "/hook", "example.com", "", "https://", "https:///hook", "javascript:alert(1)", "https://user:pw@example.com/",
        "https://user@example.com/", "https://@example.com/", "https://example.com/#a", "https://example.com/#",
        "https://example.com:22/", "https://example.com:25/", "https://example.com:80/", "https://example.com:0/",
        "https://example.com:6379/", "https://example.com:5432/", "https://example.com:65536/",
        "https://example.com\\@127.0.0.1/", "https://example.com/ a", "https://exa mple.com/", " https://example.com/",
        "https://example.com/\r\nHost: a", "https://example.com/\0",
    ];

    [Theory]
    [MemberData(nameof(RefusedAddresses))]
    public async Task A_name_that_leads_to_such_an_address_is_refused(string address)
    {
        var guard = Guard([IPAddress.Parse(address)]);
        Assert.IsType<UrlVerdict.Refused>(await guard.Check("https://example.com/hook"));
        var publicToo = Guard([Public, IPAddress.Parse(address)]);
        Assert.IsType<UrlVerdict.Refused>(await publicToo.Check("https://example.com/hook"));
    }

    [Theory]
    [MemberData(nameof(RefusedUrls))]
    public async Task Such_a_URL_is_refused_even_if_its_name_leads_somewhere_public(string url) =>
        Assert.IsType<UrlVerdict.Refused>(await Guard([Public]).Check(url));

    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("https://example.com:8443/hook?a=b")]
    [InlineData("https://example.com:9000/")]
    [InlineData("https://bücher.example/hook")]
    [InlineData("https://93.184.216.34/hook")]
    [InlineData("https://[2606:2800:220:1:248:1893:25c8:1946]/hook")]
    public async Task A_public_https_URL_is_allowed(string url) =>
        Assert.IsType<UrlVerdict.Allowed>(await Guard([Public]).Check(url));

    [Fact]
    public async Task A_URL_of_more_than_2048_characters_is_refused() =>
        Assert.IsType<UrlVerdict.Refused>(await Guard([Public]).Check("https://example.com/" + new string('a', 2030)));

    [Fact]
    public async Task Our_own_host_is_refused() => Assert.IsType<UrlVerdict.Refused>(
        await new DialGuard(AddressRules.Of([]), "volt.example.com", Answers([Public]))
            .Check("https://VOLT.example.com/x"));

    [Fact]
    public async Task A_name_that_does_not_resolve_now_is_only_a_warning()
    {
        var guard = new DialGuard(
            AddressRules.Of([]), "", (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        Assert.IsType<UrlVerdict.Unresolved>(await guard.Check("https://example.com/hook"));
        Assert.IsType<UrlVerdict.Refused>(await guard.Check("https://intranet/hook"));
        Assert.IsType<UrlVerdict.Refused>(await guard.Check("http://example.com/hook"));
    }

    [Theory]
    [InlineData("http://10.1.2.3/hook")]
    [InlineData("http://10.1.2.3:8080/hook")]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("http://[::ffff:10.1.2.3]/hook")]
    [InlineData("http://receiver/hook")]
    [InlineData("http://receiver.internal/hook")]
    public async Task The_operator_may_allow_a_private_network(string url)
    {
        var guard = new DialGuard(AddressRules.Of(["10.1.0.0/16"]), "", Answers([IPAddress.Parse("10.1.2.3")]));
        Assert.IsType<UrlVerdict.Allowed>(await guard.Check(url));
    }

    [Theory]
    [InlineData("169.254.0.0/16", "169.254.169.254")]
    [InlineData("0.0.0.0/0", "100.100.100.200")]
    [InlineData("fd00::/8", "fd00:ec2::254")]
    public async Task A_metadata_address_is_never_allowed(string network, string address)
    {
        var guard = new DialGuard(AddressRules.Of([network]), "", Answers([IPAddress.Parse(address)]));
        Assert.IsType<UrlVerdict.Refused>(await guard.Check("http://receiver.internal/hook"));
    }

    [Fact]
    public async Task A_private_name_that_leads_outside_the_allowed_network_is_refused()
    {
        var guard = new DialGuard(AddressRules.Of(["10.1.0.0/16"]), "", Answers([Public]));
        Assert.IsType<UrlVerdict.Refused>(await guard.Check("https://receiver.internal/hook"));
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_between_check_and_dial_is_refused_at_the_dial()
    {
        await using var sink = await WebhookSink.Start();
        var answer = Public;
        var guard = new DialGuard(AddressRules.Of([]), "", (_, _) => Task.FromResult<IPAddress[]>([answer]));
        var url = new Uri($"https://rebound.example:{sink.Url.Port}/hook");
        Assert.IsType<UrlVerdict.Allowed>(await guard.Check(url.OriginalString));

        answer = IPAddress.Loopback;
        using var http = GuardedHttp.Create(guard);
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        var thrown = await Assert.ThrowsAsync<HttpRequestException>(
            () => http.SendAsync(request, CancellationToken.None));
        Assert.IsType<DialRefusedException>(thrown.InnerException);
        Assert.Empty(sink.All);
    }

    [Fact]
    public async Task The_dial_asks_for_names_once_and_connects_to_the_answer_that_it_judged()
    {
        await using var sink = await WebhookSink.Start();
        var asked = 0;
        var guard = new DialGuard(AddressRules.Of(["127.0.0.0/8"]), "", (_, _) =>
            Task.FromResult<IPAddress[]>([++asked == 1 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.99")]));
        using var http = GuardedHttp.Create(guard);
        var url = new Uri($"http://rebound.example:{sink.Url.Port}/hook");
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        using var response = await http.SendAsync(request, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_not_used()
    {
        await using var proxy = await WebhookSink.Start();
        await using var sink = await WebhookSink.Start();
        var before = Environment.GetEnvironmentVariable("HTTP_PROXY");
        try
        {
            Environment.SetEnvironmentVariable("HTTP_PROXY", proxy.Url.GetLeftPart(UriPartial.Authority));
            using var http = GuardedHttp.Create(HookRig.GuardFor("127.0.0.0/8"));
            using var request = new HttpRequestMessage(HttpMethod.Post, sink.Url);
            using var response = await http.SendAsync(request, CancellationToken.None);
        }
        finally
        {
            Environment.SetEnvironmentVariable("HTTP_PROXY", before);
        }

        Assert.Single(sink.All);
        Assert.Empty(proxy.All);
    }

    private static DialGuard Guard(IPAddress[] answers) => new(AddressRules.Of([]), "", Answers(answers));

    private static Resolve Answers(IPAddress[] answers) => (_, _) => Task.FromResult(answers);
}

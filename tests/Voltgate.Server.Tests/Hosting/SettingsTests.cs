using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Tests.Hosting;

public sealed class SettingsTests
{
    private static readonly string Nowhere = Path.Combine(Path.GetTempPath(), "voltgate-no-such-file.json");

    [Fact]
    public void Defaults_in_code_and_in_the_documented_file_are_the_same()
    {
        var documented = Read();

        Assert.Empty(documented.Errors);
        Assert.Equal(
            JsonSerializer.Serialize(new ServerOptions(), Indented),
            JsonSerializer.Serialize(documented.Options, Indented));
    }

    [Fact]
    public void Every_setting_in_code_is_in_the_documented_file_and_the_other_way_round()
    {
        var inCode = typeof(ServerOptions).GetProperties().SelectMany(
            section => section.PropertyType.GetProperties().Select(key => $"{section.Name}:{key.Name}"));

        Assert.Equal(inCode.Where(k => !k.EndsWith(":EqualityContract", StringComparison.Ordinal)).Order(),
            new SettingsDraft(Settings.Documentation()).Keys.Order());
    }

    [Fact]
    public void Every_documented_setting_says_its_kind_above_it()
    {
        var lines = Settings.Documentation().Split('\n');
        var undocumented = lines.Index()
            .Where(l => Regex.IsMatch(l.Item, "^    \"")
                && !Regex.IsMatch(lines[l.Index - 1], "^    // (text|number|true or false|list of)\\b.*\\. .*[.…:;?]"))
            .Select(l => l.Item.Trim());

        Assert.Empty(undocumented);
    }

    [Fact]
    public void A_documented_range_is_the_enforced_one()
    {
        var text = Settings.Documentation();
        var ranges = Regex.Matches(text, "// number,.*?(\\d+) to (\\d+)\\..*\n\\s+\"(\\w+)\"");
        Assert.True(ranges.Count > 10);
        foreach (Match range in ranges)
        {
            // Two sections may have a key of the same name.
            var section = Regex.Matches(text[..range.Index], "^  \"\\w+\": \\{", RegexOptions.Multiline)[^1].Value;
            var key = $"{section.Split('"')[1]}:{range.Groups[3].Value}";
            var (least, most) = (long.Parse(range.Groups[1].Value), long.Parse(range.Groups[2].Value));
            foreach (var outside in (long[])[least - 1, most + 1])
                Assert.Contains(Read((key, outside.ToString())).Errors, e => e.Contains($"from {least} to {most}"));
            Assert.DoesNotContain(key, Read((key, most.ToString())).Wrong);
        }
    }

    [Fact]
    public void The_file_beats_the_default_the_environment_the_file_and_a_switch_the_environment()
    {
        using var file = new TemporaryFile(
            """{ "Server": { "Port": 1 }, "Ocpp": { "MaxConnections": 2, "CallTimeoutSeconds": 3 } }""");
        var environment = new Dictionary<string, string>
        {
            ["VOLTGATE__OCPP__MAXCONNECTIONS"] = "20", ["voltgate__ocpp__calltimeoutseconds"] = "30", ["PATH"] = "/bin",
        };

        var settings = Settings.Read(file.Path, environment, [KeyValuePair.Create("Ocpp:CallTimeoutSeconds", "300")]);

        Assert.Empty(settings.Errors);
        Assert.Equal((1, 20, 300), (settings.Options.Server.Port, settings.Options.Ocpp.MaxConnections,
            settings.Options.Ocpp.CallTimeoutSeconds));
    }

    [Theory]
    [InlineData("VOLTGATE__WEBHOOKS__ALLOWEDPRIVATENETWORKS", "10.0.0.0/8, fd00::/8", 2)]
    [InlineData("VOLTGATE__WEBHOOKS__ALLOWEDPRIVATENETWORKS__0", "10.0.0.0/8", 1)]
    [InlineData("VOLTGATE__WEBHOOKS__ALLOWEDPRIVATENETWORKS", "", 0)]
    public void A_list_comes_from_the_environment(string name, string value, int length)
    {
        var settings = Settings.Read(null, new Dictionary<string, string> { [name] = value }, []);

        Assert.Empty(settings.Errors);
        Assert.Equal(length, settings.Options.Webhooks.AllowedPrivateNetworks.Count);
    }

    [Theory]
    [InlineData("Server:Port", "99999", "Server:Port = 99999 (command line): must be from 0 to 65535.")]
    [InlineData("Server:Port", "abc", "Server:Port = \"abc\" (command line): must be a whole number.")]
    [InlineData("Server:Prot", "1", "Server:Prot (command line): there is no such setting. Did you mean Server:Port?")]
    [InlineData(
        "Nothing:Like", "1",
        "Nothing:Like (command line): there is no such setting. `voltgate help settings` lists all.")]
    [InlineData("Sessions:AllowConcurrentTokens", "yes",
        "Sessions:AllowConcurrentTokens = \"yes\" (command line): must be true or false.")]
    [InlineData("Ocpp:AllowInsecure", "maybe",
        "Ocpp:AllowInsecure = \"maybe\" (command line): must be one of loopback, always, never.")]
    [InlineData("Webhooks:AllowedPrivateNetworks", "10.0.0.0/33", "\"10.0.0.0/33\" is not a network")]
    [InlineData("Bootstrap:ApiKey", "hunter2-is-short", "must have 32 characters or more")]
    [InlineData("Server:PublicUrl", "ftp://x", "must be an http or https URL")]
    [InlineData("Dashboard:TileUrl", "https://example.org/", "must be an http or https URL with {z}, {x} and {y}")]
    [InlineData("Dashboard:TileUrl", "javascript:{z}{x}{y}", "must be an http or https URL with {z}, {x} and {y}")]
    [InlineData("Server:Host", "everywhere", "must be an IP address or localhost")]
    [InlineData("Storage:Provider", "postgresql", "it must read Host=…")]
    [InlineData("Mail:Host", "mail.example.org", "Mail:From: Mail:Host is set, so it must say whom mails are from.")]
    [InlineData("Mail:Security", "ssl", "must be one of starttls, tls, none")]
    [InlineData("Mail:From", "a@b\r\nBcc: c@d", "must be an e-mail address, or empty")]
    [InlineData("Ocpp:QuirksFile", "/nowhere.json", "cannot be read")]
    [InlineData("Mail:CertificateAuthority", "/nowhere.pem", "must be a file, or empty")]
    public void A_wrong_setting_is_named_with_its_remedy(string key, string value, string expected)
    {
        var errors = Read((key, value)).Errors;

        Assert.Contains(expected, Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_is_reported_at_once_with_those_of_the_machine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var file = new TemporaryFile("""{ "Sessions": { "StartTimeoutSeconds": "soon" }, "Api": 1 }""");

        var settings = Settings.Read(file.Path, new Dictionary<string, string>(), [
            KeyValuePair.Create("Server:Port", port.ToString()),
            KeyValuePair.Create("Storage:ConnectionString", "/dev/null/folder/voltgate.db"),
            KeyValuePair.Create("Webhooks:TimeoutSeconds", "0"),
        ]);
        var all = settings.Errors.Concat(Surroundings.Check(settings)).ToArray();

        Assert.Equal(5, all.Length);
        Assert.Contains(all, e => e.StartsWith("Sessions:StartTimeoutSeconds", StringComparison.Ordinal));
        Assert.Contains(all, e => e.StartsWith("Api (", StringComparison.Ordinal));
        Assert.Contains(all, e => e.StartsWith("Webhooks:TimeoutSeconds", StringComparison.Ordinal));
        Assert.Contains(all, e => e.Contains("/dev/null/folder", StringComparison.Ordinal));
        Assert.Contains(all, e => e.Contains($"{port} is in use", StringComparison.Ordinal));
    }

    [Fact]
    public void A_named_file_must_be_there_and_be_JSON()
    {
        using var broken = new TemporaryFile("{ \"Server\": ");

        Assert.Contains("cannot be read", Assert.Single(Settings.Read(Nowhere, NoEnvironment, []).Errors));
        Assert.Contains("is not JSON", Assert.Single(Settings.Read(broken.Path, NoEnvironment, []).Errors));
    }

    [Fact]
    public void A_key_written_twice_in_the_file_is_an_error()
    {
        using var file = new TemporaryFile("""{ "Server": { "Port": 1, "Port": 2 } }""");

        Assert.Contains("is not JSON", Assert.Single(Settings.Read(file.Path, NoEnvironment, []).Errors));
    }

    private static readonly Dictionary<string, string> NoEnvironment = [];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static Settings Read(params (string Key, string Value)[] switches) =>
        Settings.Read(null, NoEnvironment, [.. switches.Select(s => KeyValuePair.Create(s.Key, s.Value))]);

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid() + ".json");

        public void Dispose() => File.Delete(Path);
    }
}

using System.Buffers;
using System.Net;

namespace Voltgate.Server.Webhooks;

/// <summary>What the text of a webhook URL must look like, before any name is resolved (reliability §10.4).</summary>
internal static class UrlRules
{
    private const int MaxLength = 2048;
    private const int MaxHost = 253;

    private static readonly SearchValues<char> Illegal = SearchValues.Create(
        [.. Enumerable.Range(0, 33).Select(c => (char)c), '\\', '\u007f']);

    private static readonly string[] PrivateSuffixes = [".localhost", ".internal", ".local", ".lan", ".home.arpa"];

    /// <summary>Ports over 1023 where databases, brokers and remote control listen.</summary>
    private static readonly HashSet<int> Sensitive =
    [
        1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4369, 5432, 5433, 5672, 5900, 5984, 5985, 5986,
        6379, 6380, 6443, 7000, 7001, 8500, 9042, 9092, 9200, 9300, 10250, 10255, 11211, 15672, 25672, 27017, 27018,
        50070, 61616,
    ];

    /// <summary>The parsed URL, or null where the text alone is reason to refuse it.</summary>
    public static Uri? Parse(string text)
    {
        if (text.Length is 0 or > MaxLength || text.AsSpan().ContainsAny(Illegal)) return null;
        // Uri takes //host and /path for absolute file URLs on Linux, so the scheme must stand in the text.
        var https = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!https && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)) return null;
        var authority = text.AsSpan()[(https ? 8 : 7)..];
        var end = authority.IndexOfAny("/?#");
        if (end >= 0) authority = authority[..end];
        foreach (var c in authority)
            if (IsDisguise(c)) return null;
        var clean = !authority.Contains('@') && url.UserInfo.Length == 0
            && !text.Contains('#', StringComparison.Ordinal);
        return clean && HostOf(url).Length is > 0 and <= MaxHost && IsPortAllowed(url) ? url : null;
    }

    /// <summary>The host as it will be looked up. Never Uri.Host: that keeps 127。0。0。1 as typed.</summary>
    public static string HostOf(Uri url) => url.IdnHost.TrimEnd('.');

    /// <summary>
    /// Names that mean this machine or this network: fine only where the operator allowed what they resolve to.
    /// </summary>
    public static bool IsPrivateName(string host) =>
        !IPAddress.TryParse(host, out _)
        && (!host.Contains('.', StringComparison.Ordinal)
            || PrivateSuffixes.Any(s => host.EndsWith(s, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Wide, circled and raised digits, wide dots, invisible signs: some see ASCII there.</summary>
    private static bool IsDisguise(char c) => c is '\u00AD' or '\u00B2' or '\u00B3' or '\u00B9' or '\u3002'
        or (>= '\u2000' and <= '\u209F') or (>= '\u2460' and <= '\u24FF') or (>= '\uFE00' and <= '\uFFFF')
        or (>= '\uD800' and <= '\uDFFF');

    private static bool IsPortAllowed(Uri url) => url.Port switch
    {
        443 => true,
        // Plain http reaches allowed private networks only.
        80 => url.Scheme == Uri.UriSchemeHttp,
        >= 1024 and <= 65535 => !Sensitive.Contains(url.Port),
        _ => false,
    };
}

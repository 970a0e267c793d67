namespace Voltgate.Server.Stations;

/// <summary>
/// The one canonicaliser of station identities: never two ids for one station, never two stations for one id.
/// </summary>
internal static class Identity
{
    /// <summary>OCPP 1.6 allows 20, 2.x 48 characters.</summary>
    public const int MaxLength = 48;

    private static readonly string[] Prefixes = ["/ocpp/", "/"];

    /// <summary>
    /// The identity in a request's raw path, decoded once; null: there is none, or none that can be one.
    /// </summary>
    public static string? Of(string rawTarget)
    {
        var path = rawTarget.AsSpan();
        if (path.IndexOfAny('?', '#') is var end and >= 0) path = path[..end];
        foreach (var prefix in Prefixes)
        {
            if (!path.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var text = Uri.UnescapeDataString(path[prefix.Length..].TrimEnd('/').ToString());
            return IsWellFormed(text) ? text : null;
        }

        return null;
    }

    /// <summary>
    /// No colon (it would end the user name in Basic), no control character, no broken UTF-8, no step within a path.
    /// </summary>
    public static bool IsWellFormed(string identity) =>
        identity is { Length: > 0 and <= MaxLength } && !identity.Contains('/', StringComparison.Ordinal)
        && identity.All(c => c != ':' && c != '%' && !char.IsControl(c) && c != '\uFFFD')
        && identity.Trim() == identity && identity is not ("." or "..");
}

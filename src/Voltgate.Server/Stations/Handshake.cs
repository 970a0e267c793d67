using Microsoft.AspNetCore.Http.Features;
using Voltgate.Ocpp;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>How a handshake was judged. Refused: the status and one sentence for whoever reads the answer.</summary>
/// <param name="Attempt">What the doctor keeps of it; the answer tells less.</param>
internal abstract record HandshakeVerdict(Attempt Attempt)
{
    public sealed record Welcome(
        string Station, Dialect Dialect, string? Subprotocol, Proof Proof, Attempt Attempt) : HandshakeVerdict(Attempt);

    /// <summary>Nobody has created it; it is kept apart.</summary>
    public sealed record Unknown(string Identity, Dialect Dialect, string? Subprotocol, Attempt Attempt)
        : HandshakeVerdict(Attempt);

    public sealed record Refused(int Status, string Reason, Attempt Attempt) : HandshakeVerdict(Attempt)
    {
        /// <summary>When it is worth another try; null: not before something changed.</summary>
        public int? RetryAfterSeconds { get; init; }
    }
}

/// <summary>
/// Judges a station's upgrade request: who it is, whether it may, what it speaks. All before the 101.
/// </summary>
internal sealed class Handshake(Database database, Admission admission, ServerOptions options)
{
    /// <summary>One answer for all: nobody learns which stations there are.</summary>
    public static HandshakeVerdict.Refused Unauthorized(Attempt attempt) =>
        new(401, "Unknown station or wrong password.", attempt);

    private const int MaxTarget = 8_192;
    private const int MaxHeaders = 32_768;

    public async Task<HandshakeVerdict> Judge(HttpContext http, CancellationToken cancel)
    {
        if ((SizeOf(http) ?? FormOf(http)) is { } malformed) return malformed;
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (Identity.Of(target) is not { } identity)
            return new HandshakeVerdict.Refused(
                404, "The path names no station.", new Attempt("path_invalid", Detail: Attempt.Plain(target)));

        var row = await StationKeys.Find(database, identity, cancel);
        Attempt Told(string code, string detail = "") => new(code, identity, Attempt.Plain(detail))
        {
            Station = row?.Id, Organization = row?.Organization,
        };
        var presented = await admission.Judge(http, identity, row, cancel);
        var offered = http.Request.Headers.SecWebSocketProtocol.ToString();
        if (row is null && options.Ocpp.UnknownStations == "quarantine"
            && Negotiate(offered, pinned: null) is var (spoken, name))
            return new HandshakeVerdict.Unknown(identity, spoken, name, Told("quarantined"));
        if (presented.Proof is not { } proof) return Unauthorized(Told(presented.Code, presented.Detail));
        var pinned = row!.Settings.PinnedProtocol;
        if (Negotiate(offered, pinned) is var (dialect, echo))
            return new HandshakeVerdict.Welcome(
                row.Id, dialect, echo, proof, Told(Attempt.Accepted, echo ?? $"{dialect.Subprotocol} (assumed)"));
        return new HandshakeVerdict.Refused(
            400, "Offer one of these subprotocols: " + string.Join(", ", Dialect.All.Select(d => d.Subprotocol)) + ".",
            Told(ProtocolCode(offered, pinned), pinned is null ? offered : $"{offered}; pinned to {pinned}"));
    }

    private static string ProtocolCode(string offered, string? pinned) =>
        offered.Length == 0 ? "subprotocol_missing" : pinned is null ? "subprotocol_unknown" : "subprotocol_pinned";

    // The API answers larger heads itself, so the listener lets them in; no station has reason to send one.
    private static HandshakeVerdict.Refused? SizeOf(HttpContext http)
    {
        if (http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > MaxTarget)
            return new(414, "The path is too long.", new Attempt("head_too_long"));
        var size = http.Request.Headers.Sum(h => h.Key.Length + h.Value.Sum(v => v?.Length ?? 0) + 4);
        return size > MaxHeaders ? new(431, "The headers are too long.", new Attempt("head_too_long")) : null;
    }

    private static HandshakeVerdict.Refused? FormOf(HttpContext http)
    {
        var headers = http.Request.Headers;
        var claimed = Identity.Of(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) ?? "";
        HandshakeVerdict.Refused No(int status, string reason, string code, string detail = "") =>
            new(status, reason, new Attempt(code, claimed, Attempt.Plain(detail)));

        if (!HttpMethods.IsGet(http.Request.Method))
            return No(405, "Stations connect here by GET.", "not_websocket", http.Request.Method);
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true }
            || !string.Equals(headers.Upgrade.ToString(), "websocket", StringComparison.OrdinalIgnoreCase))
            return No(426, "Stations connect here by WebSocket.", "not_websocket");
        if (headers.Origin.Count > 0)
            return No(403, "Browsers are never stations.", "browser", headers.Origin.ToString());
        if (headers.SecWebSocketVersion != "13")
            return No(400, "Sec-WebSocket-Version must be 13.", "websocket_invalid", "Sec-WebSocket-Version");
        Span<byte> key = stackalloc byte[16];
        return Convert.TryFromBase64String(headers.SecWebSocketKey.ToString(), key, out var length) && length == 16
            ? null
            : No(400, "Sec-WebSocket-Key must be 16 bytes in base64.", "websocket_invalid", "Sec-WebSocket-Key");
    }

    /// <summary>
    /// The station's order decides; a pinned station speaks its one version; null: nothing in common.
    /// </summary>
    private (Dialect Dialect, string? Echo)? Negotiate(string offered, string? pinned)
    {
        var names = offered.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
        {
            // Quirk 1: some stations name none. They are served where an operator has said what they speak.
            var assumed = pinned ?? options.Ocpp.AssumeProtocol;
            return Dialect.For(assumed) is { } silent ? (silent, null) : null;
        }

        foreach (var name in names)
            if ((pinned is null || pinned == name) && Dialect.For(name) is { } dialect) return (dialect, name);
        return null;
    }
}

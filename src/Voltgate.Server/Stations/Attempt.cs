using Voltgate.Ocpp.Rpc;

namespace Voltgate.Server.Stations;

/// <summary>One knock at the door, as the doctor keeps it: never a password, nor anything that could be one.</summary>
/// <param name="Code">"accepted", "wrong_password", … (Api/Stations/Diagnoses.cs has their words).</param>
/// <param name="Identity">Whom the path claimed to be; empty: nobody.</param>
/// <param name="Detail">What else helps: the subprotocols that were offered, …; at most 200 characters.</param>
internal sealed record Attempt(string Code, string Identity = "", string Detail = "")
{
    public const string Accepted = "accepted";

    /// <summary>How a station that had been let in was shown the door.</summary>
    public static string CodeOf(Breach breach) => breach switch
    {
        Breach.TooManyCalls => "too_many_calls",
        Breach.Unreadable => "unreadable",
        Breach.TooBig => "message_too_big",
        Breach.TooSlow => "message_too_slow",
        Breach.TooManyPieces => "message_in_pieces",
        _ => "message_not_text",
    };

    private const int LongestDetail = 200;

    /// <summary>The station of that identity, whether let in or not; null: there is none.</summary>
    public string? Station { get; init; }

    public string? Organization { get; init; }

    /// <summary>Text from outside, fit to be kept and shown.</summary>
    public static string Plain(string text)
    {
        var cut = text.Length > LongestDetail ? text[..LongestDetail] + "…" : text;
        return new string([.. cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
    }
}

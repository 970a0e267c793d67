using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Voltgate.Domain;
using Voltgate.Domain.Rates;

namespace Voltgate.Server.Api;

/// <summary>What somebody asks the price of: one stretch of time in which energy flows evenly, or several.</summary>
internal static class Previews
{
    private const string Ordered = "Begin where the period before ended; status Idle is time without charging.";

    /// <summary>More than nearly every session; each boundary of a schedule in it makes lines.</summary>
    private const long LongestMs = 31 * 86_400_000L;

    private static readonly Field Energy = Field.Number("energy", "kWh.", 0, 1_000_000);

    private static readonly Shape Period = new(
        "PreviewPeriod",
        Instant("start_time", "Where the period before ended.").Must,
        Instant("end_time", "No earlier than start_time.").Must,
        Energy with { Description = "kWh that flow evenly over it; 0 unless given." },
        Field.Word(
            "status", ["Charging", "SuspendedEV", "SuspendedEVSE", "Idle"],
            "Whether the vehicle draws energy (TIME) or not (PARKING_TIME).") with
        { Default = "\"Charging\"" });

    public static readonly Shape Shape = new(
        "RatePreviewBody",
        Instant("start_time", "The start of a charge; with energy and end_time, or send periods."),
        Instant("end_time", "Its end, at most 31 days later."),
        Energy with { Description = "kWh that flow evenly over it; without any the vehicle is only plugged in." },
        Field.List("periods", Field.Object("period", Period), "The charge piece by piece instead.", max: 1_000, min: 1),
        Fields.TimeZone with { Description = "The location's, for schedules; IANA: Europe/Berlin." },
        Field.Whole("version", "Which version of the rate; the newest unless given.", min: 1));

    /// <summary>The stretches, one after the other, or what is wrong with them.</summary>
    public static ImmutableArray<Stretch> Read(JsonObject body, List<FieldError> errors)
    {
        var periods = body["periods"]?.AsArray();
        if (periods is null)
        {
            foreach (var name in (string[])["start_time", "end_time", "energy"])
                if (body[name] is null) errors.Add(new FieldError(name, "Send this field, or periods instead."));
        }
        else
        {
            foreach (var name in (string[])["start_time", "end_time", "energy"])
                if (body[name] is not null) errors.Add(new FieldError(name, "Leave this out; periods say it."));
        }

        if (errors.Count > 0) return [];
        ImmutableArray<Stretch> read = periods is null ? [Whole(body)] : [.. periods.Select(p => Piece(p!.AsObject()))];
        Judge(read, periods is not null, errors);
        return read;
    }

    private static void Judge(ImmutableArray<Stretch> read, bool isPieces, List<FieldError> errors)
    {
        for (var i = 0; i < read.Length; i++)
        {
            var path = isPieces ? $"periods[{i}]." : "";
            if (i > 0 && read[i].FromMs != read[i - 1].ToMs) errors.Add(new FieldError(path + "start_time", Ordered));
            else if (read[i].ToMs < read[i].FromMs)
                errors.Add(new FieldError(path + "end_time", "Send a time that is not before start_time."));
            else if (read[i].ToMs - read[0].FromMs > LongestMs)
                errors.Add(new FieldError(path + "end_time", "Send a time at most 31 days after the start."));
        }
    }

    /// <summary>As a session is booked by its meter: where nothing flowed, nothing was drawn.</summary>
    private static Stretch Whole(JsonObject body)
    {
        var stretch = Piece(body);
        return stretch with { Drawing = stretch.Energy > Domain.Energy.Zero };
    }

    private static Stretch Piece(JsonObject piece) => new(
        Ms(piece["start_time"]!), Ms(piece["end_time"]!),
        Domain.Energy.FromKWh((decimal?)piece["energy"] ?? 0), (string?)piece["status"] == "Charging");

    private static long Ms(JsonNode time) =>
        DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static Field Instant(string name, string description) => Field.Time(name, description) with
    {
        Rule = t => ((string)t!)[..2] == "20" ? null : "Send a time between the years 2000 and 2099.",
    };
}

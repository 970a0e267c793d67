using System.Text.Json.Serialization;

namespace Voltgate.Server.Mail;

/// <summary>A mail as somebody words it: plain text for one address.</summary>
/// <param name="Text">Lines end with \n. <see cref="Count"/> in it, or in the subject, becomes a number.</param>
internal sealed record Letter(string To, string Subject, string Text)
{
    /// <summary>Stands for how many events a mail tells of.</summary>
    public const string Count = "{count}";

    public Letter Counting(long events)
    {
        var number = events.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return this with
        {
            Subject = Subject.Replace(Count, number, StringComparison.Ordinal),
            Text = Text.Replace(Count, number, StringComparison.Ordinal),
        };
    }
}

[JsonSerializable(typeof(Letter))]
internal sealed partial class LetterContext : JsonSerializerContext;

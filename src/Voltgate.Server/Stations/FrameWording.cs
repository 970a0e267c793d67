using System.Text;
using System.Text.Json;
using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>What a step puts into the frame log.</summary>
internal static class FrameWording
{
    /// <summary>A message id for each command that the link has words for, null for the others.</summary>
    public static IReadOnlyList<string?> Calls(Outcome outcome, StationLink? link, Entropy entropy) =>
        outcome.Commands.Count == 0
            ? []
            : [.. outcome.Commands.Select(c => link?.Dialect.Write(c.Command.Shown) is null ? null : entropy.NewId())];

    public static List<StoredMessage> Of(
        ChargeStation before, Outcome outcome, StationWork work, IReadOnlyList<string?> calls, long? priorTookUs)
    {
        var messages = new List<StoredMessage>(1 + calls.Count);
        if (work.Frame is { } frame && IsKept(outcome, work.Input))
        {
            var (verdict, reasons) = Judge(before, outcome, frame);
            messages.Add(new StoredMessage(
                "in", KindOf(frame.Kind), frame.Action, frame.MessageId, frame.Body)
            {
                Session = outcome.Subject,
                Readings = ReadingsOf(outcome),
                Answer = AnswerOf(outcome, frame),
                Verdict = verdict,
                Reasons = reasons,
                TookUs = frame.TookUs,
                PriorTookUs = frame.Kind == InFrame.Call ? priorTookUs : null,
            });
        }

        for (var i = 0; i < calls.Count; i++)
            if (calls[i] is { } id && work.Link!.Dialect.Write(outcome.Commands[i].Command.Shown) is { } worded)
                messages.Add(new StoredMessage("out", null, worded.Action, id, worded.Payload)
                {
                    Session = SessionOf(outcome.Commands[i].Errand),
                });
        return messages;
    }

    /// <summary>What came back for a command, or that nothing did.</summary>
    public static InFrame AnswerTo(string action, string messageId, Receipt receipt, TimeSpan? took)
    {
        var kind = receipt switch
        {
            { Payload: null } => null,
            { IsError: true } => InFrame.Error,
            _ => InFrame.Result,
        };
        return new InFrame(kind, action, messageId, Encoding.UTF8.GetBytes(receipt.Payload ?? "null"))
        {
            Remarks = receipt.Answer == Answer.Accepted ? [] : [receipt.Status],
            TookUs = kind is null ? null : (long?)took?.TotalMicroseconds,
        };
    }

    /// <summary>A station's CALL or SEND that changed nothing.</summary>
    public static StoredMessage Loose(InFrame frame, Outcome outcome, long tookUs)
    {
        var (verdict, reasons) = Judge(null, outcome, frame);
        return new StoredMessage("in", KindOf(frame.Kind), frame.Action, frame.MessageId, frame.Body)
        {
            Session = outcome.Subject,
            Answer = AnswerOf(outcome, frame),
            Verdict = verdict,
            Reasons = reasons,
            TookUs = tookUs,
        };
    }

    // Every acknowledged transaction message is in the log with its commit (invariant I1); pulses and repeated news
    // are not.
    public static bool IsKept(Outcome outcome, StationInput input) => input switch
    {
        Said { Message: TransactionStarted or TransactionEnded or TransactionTold or MeterReported } => true,
        Said { Message: Pulsed } => false,
        Said { Message: ConnectorReported } => outcome.Events.Count > 0,
        _ => true,
    };

    private static string? KindOf(string? kind) => kind == InFrame.Call ? null : kind ?? "SILENCE";

    /// <summary>Null also for the object without fields.</summary>
    private static byte[]? AnswerOf(Outcome outcome, InFrame frame)
    {
        if (outcome.Reply is not { } reply || frame.Route is not { } route) return null;
        if (reply is Noted && !route.AnswersFromMessage) return null;
        return frame.Answer(reply) is { Length: > 2 } said ? said : null;
    }

    /// <summary>Hard: the station refused or kept silent. Soft: its message was taken, with remarks.</summary>
    private static (string? Verdict, string? Reasons) Judge(ChargeStation? before, Outcome outcome, InFrame frame)
    {
        var reasons = frame.Remarks;
        if (frame.Route is not null) reasons = [.. reasons, .. outcome.Remarks, .. Found(before, outcome)];
        if (reasons.Count == 0) return default;
        var isHard = frame.Kind is InFrame.Error or null;
        return (isHard ? StoredMessage.Hard : StoredMessage.Soft, string.Join('\n', reasons.Distinct()));
    }

    private static IEnumerable<string> Found(ChargeStation? before, Outcome outcome)
    {
        foreach (var session in outcome.Sessions)
        {
            if (session.Review.IsEmpty) continue;
            var known = before?.Sessions.FirstOrDefault(s => s.Id == session.Id)?.Review;
            if (ReferenceEquals(known, session.Review)) continue;
            foreach (var word in session.Review)
                if (known?.Contains(word) != true) yield return word;
        }

        foreach (var happened in outcome.Events)
            if (happened is SecurityNotice { Report: null } notice) yield return notice.Kind;
    }

    private static string? SessionOf(Errand errand) =>
        errand.Kind is ErrandKind.Start or ErrandKind.Stop or ErrandKind.LoadShare or ErrandKind.Cost
            or ErrandKind.Vehicle
                ? errand.Id
                : null;

    private static byte[]? ReadingsOf(Outcome outcome) => outcome.Readings.Count == 0
        ? null
        : JsonSerializer.SerializeToUtf8Bytes(outcome.Readings, DomainJson.Default.IReadOnlyListEnergyReport);
}

using System.Security.Cryptography;
using System.Text.Json;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Mail;

/// <summary>
/// Sends what the <c>mails</c> table holds, one after the other, until each has gone, was refused, or has waited too
/// long. A mail whose sending was not written down is sent again, under the same Message-ID.
/// </summary>
internal sealed partial class MailSender(
    MailQueue queue, MailStore store, Postman postman, Keyring keyring, MailPace pace) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (!queue.IsOn)
        {
            pace.LogOff();
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var mail in await store.Due(stoppingToken)) await Handle(mail, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pace.LogPassFailed(e);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Poll, pace.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Handle(WaitingMail mail, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (mail.Waiting == 0)
        {
            await store.Forget(mail);
            return;
        }

        if (!await store.Take(mail)) return;
        if (Opened(mail) is not { } letter)
        {
            await store.GiveUp(mail);
            pace.LogUnreadable(mail.Id);
            return;
        }

        switch (await postman.Deliver(letter.Counting(mail.Waiting), $"{mail.Id}.{mail.CreatedAt}", stop))
        {
            case MailVerdict.Sent:
                await store.Sent(mail);
                break;
            case MailVerdict.Refused(var reason):
                await store.GiveUp(mail);
                pace.LogRefused(mail.Id, reason);
                break;
            case MailVerdict.Failed(var reason):
                if (await store.Failed(mail, reason)) pace.LogFailed(mail.Id, mail.Attempts + 1, reason);
                else pace.LogGivenUp(mail.Id, reason);
                break;
        }
    }

    /// <summary>Null: the keyring is not the one that sealed it.</summary>
    private Letter? Opened(WaitingMail mail)
    {
        try
        {
            return JsonSerializer.Deserialize(keyring.Unseal(mail.Sealed), LetterContext.Default.Letter);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The sender's clock, and what it says; addresses are not part of that.</summary>
internal sealed partial class MailPace(TimeProvider clock, ILogger<MailSender> log)
{
    public TimeProvider Clock => clock;

    [LoggerMessage(LogLevel.Information, "Mail:Host is empty: no alert and no invitation is mailed.")]
    public partial void LogOff();

    [LoggerMessage(LogLevel.Error, "Mails could not be looked at; it is tried again.")]
    public partial void LogPassFailed(Exception e);

    [LoggerMessage(LogLevel.Error, "Mail {Mail} was sealed by another key; it is dropped.")]
    public partial void LogUnreadable(string mail);

    [LoggerMessage(LogLevel.Warning, "Mail {Mail} was refused and is dropped: {Reason}.")]
    public partial void LogRefused(string mail, string reason);

    [LoggerMessage(LogLevel.Warning, "Mail {Mail} could not be sent in attempt {Attempt}; it waits: {Reason}.")]
    public partial void LogFailed(string mail, long attempt, string reason);

    [LoggerMessage(LogLevel.Error, "Mail {Mail} could not be sent for three days and is dropped: {Reason}.")]
    public partial void LogGivenUp(string mail, string reason);
}

"""Sends and receives with boto3, whose SQS still speaks the query protocol where it is old, and JSON where it is new.

    python3 boto3_queue.py ENDPOINT REGION

The keys come from the environment. Prints one line of JSON per check, in order: {"check": name, "failure": text or null}.
"""
import asyncio
import sys

import boto3

from checks import check, equal, refused, run_checks

ENDPOINT, REGION = sys.argv[1:]
sqs = boto3.client('sqs', endpoint_url=ENDPOINT, region_name=REGION)
things = boto3.resource('sqs', endpoint_url=ENDPOINT, region_name=REGION)
made = {}  # addresses that later checks need


@check
async def it_makes_a_queue_and_finds_it():
    made['work'] = sqs.create_queue(QueueName='boto3-work', Attributes={'VisibilityTimeout': '60'}, tags={'team': 'x'})['QueueUrl']

    equal(sqs.get_queue_url(QueueName='boto3-work')['QueueUrl'], made['work'])
    equal(made['work'] in sqs.list_queues(QueueNamePrefix='boto3')['QueueUrls'], True)
    equal(sqs.get_queue_attributes(QueueUrl=made['work'], AttributeNames=['VisibilityTimeout'])['Attributes'], {'VisibilityTimeout': '60'})
    equal(sqs.list_queue_tags(QueueUrl=made['work'])['Tags'], {'team': 'x'})


@check
async def it_sends_receives_and_deletes_with_attributes():
    attributes = {'Text': {'DataType': 'String', 'StringValue': 'é <&>'}, 'Bytes': {'DataType': 'Binary', 'BinaryValue': b'\x00\xff'}}
    sent = sqs.send_message(QueueUrl=made['work'], MessageBody='héllo', MessageAttributes=attributes)
    message, = sqs.receive_message(QueueUrl=made['work'], AttributeNames=['All'], MessageAttributeNames=['All'])['Messages']
    sqs.delete_message(QueueUrl=made['work'], ReceiptHandle=message['ReceiptHandle'])

    equal((message['Body'], message['MessageId'], message['MD5OfMessageAttributes']), ('héllo', sent['MessageId'], sent['MD5OfMessageAttributes']))
    equal(message['MessageAttributes'], attributes)
    equal(message['Attributes']['ApproximateReceiveCount'], '1')
    equal(sqs.receive_message(QueueUrl=made['work']).get('Messages'), None)


@check
async def it_works_in_batches_and_hears_what_failed():
    entries = [{'Id': 'a', 'MessageBody': 'one'}, {'Id': 'b', 'MessageBody': 'two'}, {'Id': 'c', 'MessageBody': 'late', 'DelaySeconds': 901}]
    sent = sqs.send_message_batch(QueueUrl=made['work'], Entries=entries)
    messages = sqs.receive_message(QueueUrl=made['work'], MaxNumberOfMessages=10)['Messages']
    handles = [{'Id': str(index), 'ReceiptHandle': message['ReceiptHandle']} for index, message in enumerate(messages)]
    changed = sqs.change_message_visibility_batch(QueueUrl=made['work'], Entries=[{**entry, 'VisibilityTimeout': 0} for entry in handles])
    deleted = sqs.delete_message_batch(QueueUrl=made['work'], Entries=handles)

    equal([entry['Id'] for entry in sent['Successful']], ['a', 'b'])
    equal([(entry['Id'], entry['Code'], entry['SenderFault']) for entry in sent['Failed']], [('c', 'InvalidParameterValue', True)])
    equal([message['Body'] for message in messages], ['one', 'two'])
    equal((len(changed['Successful']), len(deleted['Successful'])), (2, 2))


@check
async def it_takes_objects_for_queues_and_messages():
    queue = things.get_queue_by_name(QueueName='boto3-work')
    queue.send_message(MessageBody='object')
    for message in queue.receive_messages(WaitTimeSeconds=1):
        equal(message.body, 'object')
        message.delete()
    queue.load()

    equal(queue.attributes['ApproximateNumberOfMessages'], '0')


@check
async def it_meets_the_errors_that_its_classes_promise():
    refused(sqs.get_queue_url, sqs.exceptions.QueueDoesNotExist, code='AWS.SimpleQueueService.NonExistentQueue', status=400, QueueName='none')
    refused(sqs.create_queue, code='QueueAlreadyExists', QueueName='boto3-work', Attributes={'VisibilityTimeout': '61'},
            message='A queue already exists with the same name and a different value for attribute VisibilityTimeout')
    refused(sqs.receive_message, code='InvalidParameterValue', QueueUrl=made['work'], MaxNumberOfMessages=11,
            message='Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.')
    refused(sqs.send_message_batch, sqs.exceptions.BatchEntryIdsNotDistinct, QueueUrl=made['work'],
            Entries=[{'Id': 'a', 'MessageBody': 'x'}, {'Id': 'a', 'MessageBody': 'x'}])
    refused(sqs.delete_message, sqs.exceptions.ReceiptHandleIsInvalid, code='ReceiptHandleIsInvalid', QueueUrl=made['work'], ReceiptHandle='bad')
    sqs.purge_queue(QueueUrl=made['work'])
    refused(sqs.purge_queue, sqs.exceptions.PurgeQueueInProgress, code='AWS.SimpleQueueService.PurgeQueueInProgress', status=403, QueueUrl=made['work'])
    sqs.delete_queue(QueueUrl=made['work'])
    refused(sqs.create_queue, sqs.exceptions.QueueDeletedRecently, code='AWS.SimpleQueueService.QueueDeletedRecently', QueueName='boto3-work')


asyncio.run(run_checks())
